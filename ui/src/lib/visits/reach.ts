/** Links out of the app to the telephone and the map of the device. */
import type { Contact, Place } from '$lib/backend/views';

export function callLink(contact: Contact): string | undefined {
  return contact.phone ? `tel:${contact.phone.replace(/[^+\d]/g, '')}` : undefined;
}

export function mapLink(place: Place): string | undefined {
  const { coordinates } = place;
  return coordinates ? `geo:${coordinates.latitude},${coordinates.longitude}` : undefined;
}
