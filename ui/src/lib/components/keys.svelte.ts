/** Who has the keys when something opens. */

/** What is filled in or chosen from. */
export const FIELDS = ':is(input, textarea, button.control, [role="radio"])';

/**
 * Gives the keys to the first field at a desk; false where there is none. In Field nothing has them: the
 * keyboard of the screen would come up over what is to be read first.
 */
export function focusFirst(within: ParentNode | undefined): boolean {
  const first = within?.querySelector<HTMLElement>(FIELDS);
  if (!first || document.documentElement.dataset.density === 'field') return false;
  first.focus();
  return true;
}
