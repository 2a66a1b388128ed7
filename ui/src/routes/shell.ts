/** Which shell a person gets: technicians touch, desks type, on a tablet too; a phone is touched by anybody. */
export type ShellKind = 'field' | 'office';

/** Below this width, in pixels, the Office's columns do not fit. */
const OFFICE_WIDTH = 720;

export function shellOf(atADesk: boolean, width: number): ShellKind {
  return atADesk && width >= OFFICE_WIDTH ? 'office' : 'field';
}
