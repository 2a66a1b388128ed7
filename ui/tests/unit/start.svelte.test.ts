import { expect, it } from 'vitest';
import { type Backend, CallError, type Problem } from '$lib/backend/backend';
import type { FirstStart, NotProven } from '$lib/bindings';
import { m, speak } from '$lib/words';
import { StartForm } from '../../src/features/life/start.svelte';

const PIN = '0W3G-E1R7-'.repeat(4).slice(0, -1);
const ANOTHER = '7K3M-9QPX-'.repeat(4).slice(0, -1);

const unproven = (why: NotProven): Problem => ({ code: 'relay', trouble: { what: 'not_proven', why } });
const stranger = (shown = PIN) => unproven({ is: 'not_known', shown });

/** A form filled in by hand, before an office that refuses so, one try after another, and then takes it. */
function filledIn(...refusals: Problem[]) {
  const tried: FirstStart[] = [];
  const ask = async (_call: string, asked: FirstStart): Promise<unknown> => {
    tried.push(asked);
    const refusal = refusals.shift();
    return refusal ? Promise.reject(new CallError(refusal)) : Promise.resolve({});
  };
  const form = new StartForm();
  Object.assign(form, { invitation: 'https://office.example:7420', code: '7K3M-9QPX', deviceName: 'ПЛ-07' });
  Object.assign(form, { secret: '4071', repeated: '4071' });
  const join = () => form.join({ ask } as unknown as Backend, 'pin', false);
  return { form, join, given: () => tried.map((one) => one.compared_pin) };
}

it('joins a server nobody vouches for once somebody has compared it, and not before', async () => {
  const { form, join, given } = filledIn(stranger(), stranger());
  expect(form.stranger).toBeUndefined();
  await join();
  expect([form.stranger, form.isSame, form.problem]).toEqual([PIN, false, m.life_server_compare()]);
  await join();
  expect([form.stranger, form.isSame]).toEqual([PIN, false]);
  form.isSame = true;
  await join();
  expect(form.problem).toBeUndefined();
  expect(given()).toEqual([undefined, undefined, PIN]);
});

it('says what went wrong in the language that is chosen after it', async () => {
  const { form, join } = filledIn(stranger());
  await join();
  const inUkrainian = form.problem;
  speak('en');
  expect(form.problem).toBe(m.life_server_compare());
  expect(form.problem).not.toBe(inUkrainian);
  speak('uk');
});

it('has a server compared anew when another answers, or another address is meant', async () => {
  const { form, join, given } = filledIn(
    stranger(),
    unproven({ is: 'other_key', shown: ANOTHER }),
    stranger(ANOTHER),
    stranger(ANOTHER),
  );
  await join();
  form.isSame = true;
  await join();
  expect([form.stranger, form.problem]).toEqual([undefined, m.problem_server_other_key({ shown: ANOTHER })]);
  await join();
  expect([form.stranger, form.isSame]).toEqual([ANOTHER, false]);
  form.isSame = true;
  form.invitation = 'https://other.example:7420';
  expect(form.stranger).toBeUndefined();
  await join();
  expect(form.isSame).toBe(false);
  expect(given()).toEqual([undefined, PIN, undefined, undefined]);
});

it('blames the date for nothing but a certificate that is not valid today', async () => {
  const { form, join } = filledIn(
    unproven({ is: 'other_time' }),
    unproven({ is: 'other_name' }),
    unproven({ is: 'garbled' }),
  );
  const said: (string | undefined)[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    await join();
    said.push(form.problem);
  }
  expect(said).toEqual([
    m.problem_server_other_time(),
    m.problem_server_other_name(),
    m.problem_not_proven(),
  ]);
});
