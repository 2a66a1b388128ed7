/** What a screen of the list is: whose device it is on, how to get there, in which state it is; and its looks. */
import type { Page } from 'playwright-core';
import type { Device } from '../../scripts/browser.mjs';
import type { NoticeLine, Rescue, Stage } from '../../src/lib/bindings';
import type { Changes } from './states';

/** The scenes of the stage, the small demo company, or no device at all. */
export type Company = 'morning' | 'noon' | 'trouble' | 'demo' | 'nobody';
/** Technicians have the Field shell, and so has whoever has no shell yet; all others have the Office. */
export type Who = 'technician' | 'newcomer' | 'dispatcher' | 'administrator';
export type State =
  | 'usual'
  | 'empty'
  | 'few'
  | 'many'
  | 'offline'
  | 'online'
  | 'conflict'
  | 'not accepted'
  | 'no right'
  | 'open sheet';

export interface Screen {
  /** What its pictures are called. */
  name: string;
  state: State;
  company: Company;
  who: Who;
  /** Its address, which may depend on what is on the device. */
  path: string | ((device: Device) => Promise<string>);
  /** What is tapped or typed there, in Ukrainian. Nothing of it may be saved: the device serves other screens. */
  then?: (page: Page) => Promise<void>;
  /** What the device is said to answer: stages of a profile's life that no company is in, what nobody tells there. */
  told?: { stage?: Stage; rescue?: Rescue; notices?: readonly NoticeLine[] };
  /** What of the device's answers is another: states of a record that no scene has. */
  changed?: Changes;
}

export type Screens = readonly [Screen, ...Screen[]];

/** A screen of a technician's device. */
export const field = (
  name: string,
  state: State,
  company: Company,
  path: Screen['path'],
  then?: Screen['then'],
): Screen => ({
  name,
  state,
  company,
  who: 'technician',
  path,
  then,
}); /** A screen of a dispatcher's device. */
export const office = (
  name: string,
  state: State,
  company: Company,
  path: Screen['path'],
  then?: Screen['then'],
): Screen => ({
  ...field(name, state, company, path, then),
  who: 'dispatcher',
});

export const administrator = (...screen: Parameters<typeof field>): Screen => ({
  ...field(...screen),
  who: 'administrator',
});

export type Theme = 'light' | 'dark' | 'sunlight';

/** Those that anybody may choose, anywhere. */
export const THEMES: readonly Theme[] = ['light', 'dark', 'sunlight'];

/** Those that pictures are taken in: the sun does not shine into the Office. */
export const themesOf = ({ who }: Screen): readonly Theme[] =>
  who === 'technician' || who === 'newcomer' ? THEMES : ['light', 'dark'];

/** A desk's laptop, a tablet held upright, a large monitor. */
export const SIZES = [
  { width: 1366, height: 768 },
  { width: 800, height: 1280 },
  { width: 1920, height: 1080 },
] as const;
export type Size = (typeof SIZES)[number];
