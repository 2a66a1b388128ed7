/** Links out of the app to the telephone and the map of the device. */
import type { AddressView, ContactView } from '$lib/bindings';

/** Calls the contact, or else the customer itself. */
export function callLink(
  contact: ContactView | null | undefined,
  others: readonly string[],
): string | undefined {
  const phone = contact?.phones[0] ?? others[0];
  return phone === undefined ? undefined : `tel:${phone.replace(/[^+\d]/g, '')}`;
}

export function mapLink(address: AddressView | null): string | undefined {
  const place = address?.coordinates;
  return place ? `geo:${place.latitude_e6 / 1e6},${place.longitude_e6 / 1e6}` : undefined;
}
