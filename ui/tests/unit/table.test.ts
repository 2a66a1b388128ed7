import { describe, expect, it } from 'vitest';
import { type Line, type Lines, TableState } from '$lib/components/table/table.svelte';

/** Lines written as letters: G is the head of an open group, g of a closed one, r a row. */
function lines(shape: string): Lines<number> {
  const all = Array.from(shape, (letter, index): Line<number> => {
    return letter.toUpperCase() === 'G'
      ? { kind: 'group', id: String(index), title: '', note: '', open: letter === 'G' }
      : { kind: 'row', id: String(index), row: index };
  });
  return { length: all.length, at: (index) => all[index] };
}

describe('the cursor', () => {
  it('moves over rows, past group heads, and stays at the ends', () => {
    const table = new TableState();
    const at = (steps: number): number => {
      table.move(lines('GrrGr'), steps);
      return table.cursor;
    };
    expect([at(1), at(1), at(1), at(1), at(-1), at(-20)]).toEqual([1, 2, 4, 4, 2, 1]);
  });
  it('moves on from the last line when its own is gone', () => {
    const table = new TableState();
    table.cursor = 40;
    table.move(lines('rrr'), 1);
    expect(table.cursor).toBe(2);
    table.cursor = 40;
    table.move(lines('rrr'), -1);
    expect(table.cursor).toBe(1);
    table.move(lines(''), -1);
    expect(table.cursor).toBe(0);
  });
  it('stops on a closed group, which would be out of reach otherwise', () => {
    const table = new TableState();
    table.move(lines('rgr'), 1);
    expect(table.cursor).toBe(1);
  });
});

describe('selection and columns', () => {
  it('selects one alone or many', () => {
    const table = new TableState();
    table.select('a', 'only');
    table.select('b', 'toggle');
    expect([...table.selected]).toEqual(['a', 'b']);
    table.select('a', 'toggle');
    expect([...table.selected]).toEqual(['b']);
    table.select('c', 'only');
    expect([...table.selected]).toEqual(['c']);
  });
  it('picks one by one, and begins with the row the cursor selected', () => {
    const table = new TableState();
    const picked = (id: string): string[] => {
      table.select(id, 'pick');
      return [...table.selected];
    };
    table.select('a', 'only');
    expect([picked('a'), picked('c'), picked('a')]).toEqual([['a'], ['a', 'c'], ['c']]);
  });
  it('never makes a column too narrow to see, and leaves hidden ones out', () => {
    const table = new TableState();
    const columns = [
      { id: 'a', title: 'A', width: 90 },
      { id: 'b', title: 'B', width: 120, grows: true },
      { id: 'c', title: 'C', width: 60 },
    ];
    table.resize('a', 3);
    table.toggleColumn(columns, 'c');
    expect(table.tracks(columns)).toBe('48px minmax(120px, 1fr)');
    table.moveColumn(columns, 'b', -1);
    table.moveColumn(columns, 'b', -1);
    table.toggleColumn(columns, 'c');
    expect(table.shown(columns).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });
  it('lets the least useful columns give way, and never one that was asked for', () => {
    const table = new TableState();
    const columns = [
      { id: 'a', title: 'A', width: 100 },
      { id: 'b', title: 'B', width: 100, gives: 2 },
      { id: 'c', title: 'C', width: 100, gives: 1 },
    ];
    const shown = (): string =>
      table
        .shown(columns)
        .map(({ id }) => id)
        .join('');
    expect(shown()).toBe('abc');
    table.room = 250;
    expect(shown()).toBe('ac');
    table.toggleColumn(columns, 'b');
    expect(shown()).toBe('ab');
    table.moveColumn(columns, 'b', -1);
    table.room = 300;
    expect(shown()).toBe('bac');
    table.toggleColumn(columns, 'b');
    expect(shown()).toBe('ac');
  });
  it('keeps the last column that shows', () => {
    const table = new TableState();
    const columns = [{ id: 'a', title: 'A', width: 90 }];
    table.toggleColumn(columns, 'a');
    expect(table.shown(columns)).toEqual(columns);
  });
  it('goes from the row to its cells and back', () => {
    const table = new TableState();
    const columns = [
      { id: 'a', title: 'A', width: 90 },
      { id: 'b', title: 'B', width: 90 },
    ];
    const at = (steps: -1 | 1): string | undefined => {
      table.moveCell(columns, steps);
      return table.cell;
    };
    expect([at(1), at(1), at(1), at(-1), at(-1)]).toEqual(['a', 'b', 'b', 'a', undefined]);
  });
});
