/** The first start as a form: from an invitation to a device of the office. */
import type { FirstStart, NotProven, ProtectBy } from '$lib/bindings';
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
  /** What went wrong with the last try, as it is said in whatever language is chosen. */
  #said = $state.raw<() => string>();
  /** Somebody says that the server shown is the one on the administrator's screen. */
  isSame = $state(false);
  /** The server that answered and that nothing here vouches for, with the invitation that led to it. */
  #stranger = $state.raw<{ invitation: string; pin: string }>();
  /** The pin to compare; none while nothing has to be compared. */
  readonly stranger = $derived(
    this.#stranger?.invitation === this.invitation.trim() ? this.#stranger.pin : undefined,
  );

  readonly isLink = $derived(isInvitation(this.invitation));
  /** Joining was asked for: before that nothing is wrong yet. */
  #pressed = $state(false);
  readonly differs = $derived(this.#pressed && this.secret !== this.repeated);

  get problem(): string | undefined {
    return this.#said?.();
  }

  /** Joins; the stage tells what comes next. What was typed stays when it fails. */
  async join(backend: Backend, secretIs: keyof Pins, isProtected: boolean): Promise<void> {
    if (this.joining) return;
    this.#pressed = true;
    this.#said = undefined;
    if (!isProtected && this.differs) return;
    this.joining = true;
    try {
      await backend.ask('join', this.#asked(secretIs));
    } catch (thrown) {
      this.#refused(CallError.from(thrown).problem);
    } finally {
      this.joining = false;
    }
  }

  /** A server nobody vouches for is shown to be compared: only a person says that it is the right one. */
  #refused(problem: Problem): void {
    const why = unproven(problem);
    if (why?.is === 'not_known') {
      this.isSame = false;
      this.#stranger = { invitation: this.invitation.trim(), pin: why.shown };
      this.#said = m.life_server_compare;
      return;
    }
    // Another answers now than the one that was compared.
    if (why?.is === 'other_key') this.#stranger = undefined;
    this.#said = () => startProblem(problem);
  }

  #asked(secretIs: keyof Pins): FirstStart {
    const by: FirstStart['by'] = this.isLink
      ? { link: this.invitation.trim() }
      : { hand: { relay: this.invitation.trim(), code: this.code.trim() } };
    const protect: ProtectBy = secretIs === 'pin' ? { pin: this.secret } : { passphrase: this.secret };
    const compared = this.isSame ? this.stranger : undefined;
    return { by, compared_pin: compared, device_name: this.deviceName.trim(), protect };
  }
}

interface Pins {
  pin: string;
  passphrase: string;
}

function unproven(problem: Problem): NotProven | undefined {
  if (problem.code !== 'relay' || problem.trouble.what !== 'not_proven') return undefined;
  return problem.trouble.why;
}

/** The sentences of a first start are more exact than those of every day. */
function startProblem(problem: Problem): string {
  const refused =
    problem.code === 'relay' && problem.trouble.what === 'refused' ? problem.trouble.problem : '';
  return CODE_REFUSED.includes(refused) ? m.life_code_refused() : problemText(problem);
}
