// Finds what a person would find: visible things of a role, named by what they say. Of an open dialog's
// window only what is in the dialog. Runs in the page; answers the first such thing.
const [role, name, inside] = arguments;
const KINDS = {
  button: 'button, [role=button]',
  checkbox: 'input[type=checkbox], [role=checkbox]',
  columnheader: 'th, [role=columnheader]',
  dialog: '[role=dialog], [role=alertdialog], dialog[open]',
  grid: '[role=grid]',
  gridcell: '[role=gridcell]',
  group: '[role=group], fieldset',
  link: 'a[href]',
  menuitem: '[role=menuitem], [role=menuitemcheckbox]',
  option: '[role=option]',
  radio: 'input[type=radio], [role=radio]',
  radiogroup: '[role=radiogroup]',
  row: '[role=row], li',
  spinbutton: '[role=spinbutton]',
  textbox: 'textarea, input:not([type=radio]):not([type=checkbox])',
};
const plain = (text) => (text ?? '').replace(/[\s\u00a0]+/g, ' ').trim();
const visible = (one) => one.checkVisibility({ visibilityProperty: true }) && one.closest('[aria-hidden=true], [inert]') === null;
function said(one) {
  const by = one.getAttribute('aria-labelledby');
  if (by) return plain(by.split(' ').map((id) => document.getElementById(id)?.textContent).join(' '));
  const labels = [...(one.labels ?? [])].map((label) => label.textContent).join(' ');
  return plain(one.getAttribute('aria-label') || labels || one.placeholder || one.innerText || one.title);
}
const all = (kind, root) => [...root.querySelectorAll(KINDS[kind])].filter(visible);
function found(kind, wanted, root) {
  const named = all(kind, root).map((one) => [one, said(one)]);
  const exact = named.filter(([, text]) => text === wanted);
  return (exact.length > 0 ? exact : named.filter(([, text]) => text.includes(wanted))).map(([one]) => one);
}
const dialogs = all('dialog', document);
let root = dialogs.at(-1) ?? document;
for (const [kind, wanted] of inside) {
  root = found(kind, wanted, root)[0];
  if (root === undefined) return null;
}
return found(role, name, root)[0] ?? null;
