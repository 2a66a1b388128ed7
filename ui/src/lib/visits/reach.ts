/** Links out of the app to the telephone, the mail and the map of the device. */
import type { AddressView, ContactView } from '$lib/bindings';

/** Calls the contact, or else the customer itself. */
export function callLink(
  contact: ContactView | null | undefined,
  others: readonly string[],
): string | undefined {
  const phone = contact?.phones[0] ?? others[0];
  return phone === undefined ? undefined : phoneLink(phone);
}

export const phoneLink = (phone: string): string => `tel:${phone.replace(/[^+\d]/g, '')}`;
export const mailLink = (email: string): string => `mailto:${encodeURI(email)}`;

export function mapLink(address: AddressView | null): string | undefined {
  const place = address?.coordinates;
  return place ? `geo:${place.latitude_e6 / 1e6},${place.longitude_e6 / 1e6}` : undefined;
}
