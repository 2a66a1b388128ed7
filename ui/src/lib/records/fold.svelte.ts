/** A list of which only the first lines stand there until somebody asks for the others. */
export class Fold {
  readonly #few: number;
  #isOpen = $state(false);

  /** `few` lines stand there; one line more is not worth asking for. */
  constructor(few: number) {
    this.#few = few;
  }

  shown<Line>(lines: readonly Line[]): readonly Line[] {
    return this.#isOpen || lines.length <= this.#few + 1 ? lines : lines.slice(0, this.#few);
  }

  open(): void {
    this.#isOpen = true;
  }
}
