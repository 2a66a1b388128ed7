/**
 * The device library, as screens reach it: one call a use case, and word of what changed.
 *
 * Questions and answers are the types made from the Rust side ([`Calls`]). Every answer comes from this
 * device's own database, except of the few calls that ask the office. What a call changed is on the disk
 * when it answers. A call that fails has changed nothing.
 */
import type { AppEvent, CallName, Calls, DocumentId, Notice, ScreenError } from '$lib/bindings';
import type { Locale } from '$lib/words';

export interface Backend {
  /** Asks; fails with a `CallError`. */
  ask<Name extends CallName>(name: Name, asked: Calls[Name]['asked']): Promise<Calls[Name]['answer']>;
  /** Tells `listener` what happens until the answer is called. */
  listen(listener: (event: AppEvent) => void): () => void;
  /** Tells `listener` of links and notices that were followed outside of the page, also of one that came before it. */
  links(listener: (link: Link) => void): () => void;
  /** Has the system open a link out of the app; answers whether it has a program for that. Never fails. */
  openLink(link: string): Promise<boolean>;
  /**
   * Writes a file where people look for what they saved, and answers where that is; nothing where whoever shows
   * the page says it. Fails with a `CallError`.
   */
  keepFile(name: string, text: string): Promise<string | undefined>;
  /** The language of what the program itself says outside of the page. */
  speak(language: Locale): void;
}

/** Where a link from outside leads. */
export type Link =
  { is: 'visit'; document: DocumentId } | { is: 'notice'; notice: Notice } | { is: 'join'; link: string };

/** Why a call failed; `no_answer` when the program behind the window did not answer at all. */
export type Problem = ScreenError | { code: 'no_answer'; detail: string };

export class CallError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'CallError';
    this.problem = problem;
  }

  /** Of whatever a way to the device threw: the Rust side's failure, or something unknown. */
  static from(thrown: unknown): CallError {
    if (thrown instanceof CallError) return thrown;
    if (isFailure(thrown)) return new CallError(thrown);
    return new CallError({ code: 'no_answer', detail: String(thrown) });
  }
}

/** The types of failures are made from the Rust side, so one with a code is taken on trust. */
function isFailure(thrown: unknown): thrown is ScreenError {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string';
}
