/** Devices in words. What people call them is known to the office alone: each is told from others by the end of its id. */
import { m } from '$lib/words';

export const deviceEnd = (device: string): string => `…${device.slice(-6).toUpperCase()}`;

/** Where somebody wrote; `own` is the device in their hands. */
export const deviceText = (device: string, own: string | undefined): string =>
  device === own ? m.device_this() : m.device_other({ id: deviceEnd(device) });
