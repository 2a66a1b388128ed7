/** Which shell a person gets: technicians touch, desks type; a narrow window is touched by anybody. */
export type ShellKind = 'field' | 'office';

/** Below this width, in pixels, the Office's columns do not fit. */
const OFFICE_WIDTH = 1024;

export function shellOf(atADesk: boolean, width: number): ShellKind {
  return atADesk && width >= OFFICE_WIDTH ? 'office' : 'field';
}
