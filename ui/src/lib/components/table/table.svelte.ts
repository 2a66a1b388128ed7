/** What a table remembers: where the cursor is, what is selected, which columns show, how wide, in what order. */
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
  /** Its cells can be edited in place. */
  edits?: boolean;
  /** Where there is no room for all, the column with the highest gives way first; one without it stays. */
  gives?: number;
  /** Shows whatever columns somebody chose: behind the first of them. */
  always?: boolean;
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
  /** Where the head of the group is that a line is in. */
  head?(index: number): number | undefined;
  /** Where the heads of groups are; known without reading a row. */
  heads?: ReadonlySet<number>;
}

/** Rows that are all here, one below the other. */
export const linesOf = <Row>(rows: readonly Row[], id: (row: Row) => string): Lines<Row> => ({
  length: rows.length,
  at: (index) => {
    const row = rows[index];
    return row === undefined ? undefined : { kind: 'row', id: id(row), row };
  },
});

const LEAST_WIDTH = 48;

export class TableState {
  /** The line the keys act on. */
  cursor = $state(0);
  /** The column of the cell they act on; none while they act on the row. */
  cell = $state<string>();
  selected = new SvelteSet<string>();
  /** The columns that show, in their order; all of them until somebody chooses. */
  order = $state.raw<readonly string[]>();
  widths = new SvelteMap<string, number>();

  /** How wide the columns may be together, in pixels, before some give way to the others. */
  room = $state(Infinity);
  /** Columns that somebody asked for by name: they never give way. */
  asked = new SvelteSet<string>();

  shown(columns: readonly Column[]): Column[] {
    const chosen = this.#chosen(columns);
    let width = 0;
    const fits = chosen
      .toSorted((one, other) => this.#gives(one) - this.#gives(other))
      .filter((column) => {
        const more = width + this.#width(column);
        if (more > this.room && this.#gives(column) > 0) return false;
        width = more;
        return true;
      });
    return chosen.filter((column) => fits.includes(column));
  }

  /** Those that show where there is room for all. */
  #chosen(columns: readonly Column[]): Column[] {
    const order = this.order;
    if (!order) return [...columns];
    const chosen = order.flatMap((id) => columns.find((column) => column.id === id) ?? []);
    const always = columns.filter((column) => column.always && !chosen.includes(column));
    return chosen.toSpliced(1, 0, ...always);
  }

  #gives({ id, gives = 0 }: Column): number {
    return this.asked.has(id) ? 0 : gives;
  }

  #width({ id, width }: Column): number {
    return this.widths.get(id) ?? width;
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

  /** The width below which the table scrolls sideways, in pixels: head and rows keep the same tracks. */
  leastWidth(columns: readonly Column[]): number {
    return this.shown(columns).reduce((sum, column) => sum + this.#width(column), 0);
  }

  resize(column: string, width: number): void {
    this.widths.set(column, Math.max(LEAST_WIDTH, Math.round(width)));
  }

  /** Shows a column: where it stood, or as the last. */
  show(columns: readonly Column[], column: string): void {
    const order = this.#chosen(columns).map(({ id }) => id);
    this.asked.add(column);
    if (!order.includes(column)) this.order = [...order, column];
  }

  /** Shows a column, or hides it; the last one left stays. */
  toggleColumn(columns: readonly Column[], column: string): void {
    const shown = this.shown(columns).map(({ id }) => id);
    if (!shown.includes(column)) {
      this.show(columns, column);
      return;
    }
    if (shown.length === 1) return;
    this.asked.delete(column);
    this.order = this.#chosen(columns).flatMap(({ id }) => (id === column ? [] : id));
  }

  /** Moves a column left (-1) or right (1) of its neighbour. */
  moveColumn(columns: readonly Column[], column: string, steps: -1 | 1): void {
    const shown = this.shown(columns).map(({ id }) => id);
    const neighbour = shown[shown.indexOf(column) + steps];
    if (!shown.includes(column) || neighbour === undefined) return;
    // What gave way keeps its place between them.
    const others = this.#chosen(columns).flatMap(({ id }) => (id === column ? [] : id));
    const place = others.indexOf(neighbour) + (steps > 0 ? 1 : 0);
    this.order = others.toSpliced(place, 0, column);
  }

  /** Moves from cell to cell of a row; left of the first the whole row is meant again. */
  moveCell(columns: readonly Column[], steps: -1 | 1): void {
    const order = this.shown(columns).map(({ id }) => id);
    const next = order.indexOf(this.cell ?? '') + steps;
    this.cell = next < 0 ? undefined : order[Math.min(next, order.length - 1)];
  }

  /**
   * Selects the one row alone, adds it to many, or adds it to and takes it from many. To pick one does as toggling,
   * but of the only one, which is selected because the cursor stands there, makes the first that is picked.
   */
  select(id: string, how: 'only' | 'add' | 'toggle' | 'pick'): void {
    if (how === 'pick' && this.selected.size === 1 && this.selected.has(id)) return;
    if ((how === 'toggle' || how === 'pick') && this.selected.delete(id)) return;
    if (how === 'only') this.selected.clear();
    this.selected.add(id);
  }

  /**
   * Moves the cursor by `steps` over rows and closed groups; stays where there is none. From a line that is
   * gone it moves as from the last.
   */
  move<Row>(lines: Lines<Row>, steps: number): void {
    const direction = Math.sign(steps);
    let [at, left] = [Math.max(0, Math.min(this.cursor, lines.length - 1)), Math.abs(steps)];
    for (let next = at + direction; left > 0 && next >= 0 && next < lines.length; next += direction) {
      const line = lines.at(next);
      if (line?.kind === 'group' && line.open) continue;
      at = next;
      left -= 1;
    }
    this.cursor = at;
  }
}
