/** The first start as a form: from an invitation to a device of the office. */
import type { FirstStart, ProtectBy } from '$lib/bindings';
import { type Backend, CallError, type Problem } from '$lib/backend/backend';
import { problemText } from '$lib/app/problems';
import { m } from '$lib/words';

/** A link says everything; an address needs a code beside it. */
const LINK = /^\s*halyard:\/\//i;
const CODE_REFUSED = ['code_wrong', 'code_expired'];

/** Whether a text is a link that invites. */
export const isInvitation = (text: string): boolean => LINK.test(text);

/** What the person has typed, and what came of it. */
export class StartForm {
  invitation = $state('');
  code = $state('');
  deviceName = $state('');
  secret = $state('');
  repeated = $state('');
  joining = $state(false);
  problem = $state<string>();

  readonly isLink = $derived(isInvitation(this.invitation));
  /** Joining was asked for: before that nothing is wrong yet. */
  #pressed = $state(false);
  readonly differs = $derived(this.#pressed && this.secret !== this.repeated);

  /** Joins; the stage tells what comes next. What was typed stays when it fails. */
  async join(backend: Backend, secretIs: keyof Pins, isProtected: boolean): Promise<void> {
    if (this.joining) return;
    this.#pressed = true;
    this.problem = undefined;
    if (!isProtected && this.differs) return;
    this.joining = true;
    try {
      await backend.ask('join', this.#asked(secretIs));
    } catch (thrown) {
      this.problem = startProblem(CallError.from(thrown).problem);
    } finally {
      this.joining = false;
    }
  }

  #asked(secretIs: keyof Pins): FirstStart {
    const by: FirstStart['by'] = this.isLink
      ? { link: this.invitation.trim() }
      : { hand: { relay: this.invitation.trim(), code: this.code.trim() } };
    const protect: ProtectBy = secretIs === 'pin' ? { pin: this.secret } : { passphrase: this.secret };
    return { by, device_name: this.deviceName.trim(), protect };
  }
}

interface Pins {
  pin: string;
  passphrase: string;
}

/** The sentences of a first start are more exact than those of every day. */
function startProblem(problem: Problem): string {
  const refused =
    problem.code === 'relay' && problem.trouble.what === 'refused' ? problem.trouble.problem : '';
  return CODE_REFUSED.includes(refused) ? m.life_code_refused() : problemText(problem);
}
