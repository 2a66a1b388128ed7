/** What a role sees and writes, in words. Sections without records yet say nothing to anybody and are left out. */
import type { Group, Reach, Section } from '$lib/bindings';
import { m } from '$lib/words';

export const SECTIONS = [
  'service',
  'complaints',
  'customers',
  'staff',
  'administration',
] as const satisfies Section[];

const WORDS = {
  service: m.section_service,
  complaints: m.complaints,
  customers: m.customers,
  staff: m.staff,
  administration: m.rights_administration,
} satisfies Record<(typeof SECTIONS)[number], () => string>;

const REACH = {
  none: m.rights_none,
  own: m.rights_own,
  team: m.rights_team,
  all: m.rights_all,
} satisfies Record<Reach, () => string>;

const GROUPS = {
  office: m.rights_office,
  technician: m.rights_technician,
  customer: m.rights_customer,
  relay: m.history_office,
} satisfies Record<Group, () => string>;

/** A section of a role: what is seen and what is written, in words. */
export interface RightsOf {
  section: string;
  sees: string;
  writes: string;
}

interface Kept {
  reach?: Reach;
  write?: Group[];
}

/** Reads the rights of a role; `kept` gives the text a section's are kept in. */
export function readRights(kept: (section: (typeof SECTIONS)[number]) => string): RightsOf[] {
  return SECTIONS.flatMap((section) => {
    const text = kept(section);
    if (text === '') return [];
    const { reach = 'none', write = [] } = JSON.parse(text) as Kept;
    if (reach === 'none' && write.length === 0) return [];
    const writes = write.map((group) => GROUPS[group]()).join(', ');
    return [{ section: WORDS[section](), sees: REACH[reach](), writes: writes || m.rights_nothing() }];
  });
}
