/** The sections a person moves between, of each shell; both are made from this one list. */
import { link, searchPath, settingsPath, todayPath } from '$lib/app/paths';
import type { IconName } from '$lib/icons/names';
import { m } from '$lib/words';
import type { Place } from './places';

export interface ShellSection {
  label: string;
  icon: IconName;
  href: string;
  current: boolean;
}

export function sections(place: Place): ShellSection[] {
  return [
    {
      label: m.today(),
      icon: 'calendar',
      href: link(todayPath),
      current: place.at === 'today' || place.at === 'day' || place.at === 'visit',
    },
    { label: m.search(), icon: 'search', href: link(searchPath), current: place.at === 'search' },
    {
      label: m.more(),
      icon: 'more',
      href: link(settingsPath),
      current: place.at === 'settings' || place.at === 'not_accepted',
    },
  ];
}
