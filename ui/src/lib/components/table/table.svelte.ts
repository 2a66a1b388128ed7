/** What a table remembers: where the cursor is, what is selected, how wide and how hidden columns are. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';

/** A column; its cells are drawn by the table's `cell` snippet. */
export interface Column {
  id: string;
  title: string;
  /** Width in pixels to begin with. */
  width: number;
  /** Takes what is left of the width. One or two of a table do. */
  grows?: boolean;
  align?: 'start' | 'end';
  sort?: 'none' | 'ascending' | 'descending';
}

/** A line of the table. */
export type Line<Row> =
  | { kind: 'group'; id: string; title: string; note: string; open: boolean }
  | { kind: 'row'; id: string; row: Row };

/** Where lines come from: as many as there are, the ones on the screen asked for one by one. */
export interface Lines<Row> {
  length: number;
  /** Nothing while the page it is on has not been read. */
  at(index: number): Line<Row> | undefined;
}

const LEAST_WIDTH = 48;

export class TableState {
  /** The line the keys act on. */
  cursor = $state(0);
  selected = new SvelteSet<string>();
  hidden = new SvelteSet<string>();
  widths = new SvelteMap<string, number>();

  shown(columns: readonly Column[]): Column[] {
    return columns.filter((column) => !this.hidden.has(column.id));
  }

  /** Tracks of the grid all rows lie in. */
  tracks(columns: readonly Column[]): string {
    const track = (column: Column): string => {
      const width = this.widths.get(column.id);
      if (width !== undefined) return `${width}px`;
      return column.grows ? `minmax(${column.width}px, 1fr)` : `${column.width}px`;
    };
    return this.shown(columns).map(track).join(' ');
  }

  resize(column: string, width: number): void {
    this.widths.set(column, Math.max(LEAST_WIDTH, Math.round(width)));
  }

  toggleColumn(column: string): void {
    if (!this.hidden.delete(column)) this.hidden.add(column);
  }

  /** Selects the one row alone, or adds it to and takes it from many. */
  select(id: string, how: 'only' | 'toggle'): void {
    if (how === 'toggle') {
      if (!this.selected.delete(id)) this.selected.add(id);
      return;
    }
    this.selected.clear();
    this.selected.add(id);
  }

  /** Moves the cursor by `steps` over rows, past group heads; stays where there is no row. */
  move<Row>(lines: Lines<Row>, steps: number): void {
    const direction = Math.sign(steps);
    let [at, left] = [this.cursor, Math.abs(steps)];
    for (let next = at + direction; left > 0 && next >= 0 && next < lines.length; next += direction) {
      if (lines.at(next)?.kind === 'group') continue;
      at = next;
      left -= 1;
    }
    this.cursor = at;
  }
}
