/** Which shell a person gets: technicians touch, desks type; a narrow window is touched by anybody. */
export type ShellKind = 'field' | 'office';

/** Below this width, in pixels, the Office's columns do not fit. */
const OFFICE_WIDTH = 1024;

export function shellOf(roles: readonly string[], width: number): ShellKind {
  const desk = roles.some((role) => role !== 'technician');
  return desk && width >= OFFICE_WIDTH ? 'office' : 'field';
}
