import type { Browser, Page } from 'playwright-core';
import type { CallName, Calls } from '../src/lib/bindings';

export const NOW: string;
export function serve(): Promise<{ url: string; close: () => void }>;
export interface Device {
  url: string;
  now: number;
  /** Of a device nobody has used yet: the link to join by. */
  invitation?: string;
  ask<Name extends CallName>(name: Name, asked?: Calls[Name]['asked']): Promise<Calls[Name]['answer']>;
  online(on: boolean): Promise<void>;
}
export function stage(
  scene: string,
  with_?: { newcomer?: boolean; folder?: string | undefined },
): Promise<{
  technician: Device;
  dispatcher: Device;
  administrator: Device;
  newcomer: Device;
  close: () => void;
  kill: () => Promise<void>;
}>;
export function again<Name extends 'technician' | 'dispatcher' | 'administrator'>(
  folder: string,
  name: Name,
  now: number,
): Promise<Record<Name, Device> & { close: () => void; kill: () => Promise<void> }>;
export function demo(): Promise<{
  technician: Device;
  dispatcher: Device;
  administrator: Device;
  close: () => void;
}>;
export function launch(more?: readonly string[]): Promise<Browser>;
export function visitor(
  browser: Browser,
  look: {
    width: number;
    height: number;
    theme?: string;
    locale?: string;
    touch?: boolean;
    now?: number | string;
  },
): Promise<Page>;
export function axe(page: Page, with_?: { colours?: boolean }): Promise<string[]>;
export const ui: string;
