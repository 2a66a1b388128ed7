/** What a form of a kind consists of, as data: groups of fields in the order people fill them in. */
import type { ChoicesAsked, FormView, Offered } from '$lib/bindings';
import type { IconName } from '$lib/icons/names';
import type { JournalKind } from '$lib/records/journals';

/** The kinds that are made in a form: those with a journal. */
export type FormKind = JournalKind;

/** What a field is entered with. */
export type Control =
  | { is: 'line'; type?: 'tel' | 'email' | 'text' }
  | { is: 'text' }
  /** Several lines: phones, addresses of mail. */
  | { is: 'lines'; type: 'tel' | 'email' }
  | { is: 'choice'; choices: readonly string[]; look?: 'buttons' }
  /** A record; `within` narrows the choices to what the customer of the form has. */
  | { is: 'link'; of: Offered; within?: 'customer'; makes?: Extract<FormKind, 'customer' | 'equipment'> }
  | { is: 'links'; of: Offered }
  | { is: 'date' }
  | { is: 'moment' }
  | { is: 'window' }
  | { is: 'minutes' }
  | { is: 'decimal' }
  | { is: 'money' }
  | { is: 'yes_no' }
  /** A row of the customer: where, or with whom. */
  | { is: 'customer_row'; of: 'addresses' | 'contacts' }
  | { is: 'repeats' }
  | { is: 'coordinates' };

export interface FieldSpec {
  name: string;
  control: Control;
  /** Its own name, where the field's common name does not fit. */
  label?: () => string;
  hint?: () => string;
  /** What is said when it has to say something and does not. */
  lacks?: () => string;
  /** What is said of a value that may be, but is hardly meant. It is saved all the same. */
  doubts?: (value: string, today: string) => string | undefined;
  /** Wide fields have a line of their own. */
  width?: 'wide';
}

/** Rows inside a record: people, addresses, planned works. */
export interface RowsSpec {
  name: string;
  columns: readonly FieldSpec[];
  /** What one of them is called: «Контактна особа». */
  one: () => string;
  add: () => string;
  /** What a sheet is called that asks for a new one; its name when absent. */
  write?: () => string;
  /** Its columns are short, so that more of them stand beside each other. */
  width?: 'narrow';
}

export interface GroupSpec {
  title: () => string;
  icon: IconName;
  fields: readonly FieldSpec[];
  rows?: RowsSpec;
  /** Only asked once the record is there: nobody who makes one knows it yet. */
  when?: 'there';
}

export interface FormSpec {
  kind: FormKind;
  edit: () => string;
  saved: () => string;
  /** The same of a new one, where that is called otherwise. */
  made?: () => string;
  /** Of each of these one field has to say something; the first bears the mark. */
  needs: readonly (readonly string[])[];
  groups: readonly GroupSpec[];
  /** The fields that are asked when such a record is made in passing, from the form of another. */
  brief: readonly string[];
  /** What records that may be the same are introduced with. */
  alike?: () => string;
  /** What a new record begins with. */
  begins?: (opened: FormView, me: string, atADesk: boolean) => Record<string, unknown>;
}

export const field = (name: string, control: Control, more: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  control,
  ...more,
});

/** Whose choices a link field asks for. */
export type Asked = Pick<ChoicesAsked, 'of' | 'customer'>;
