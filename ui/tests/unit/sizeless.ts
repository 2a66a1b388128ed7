/** Imported by a test whose component measures itself: nothing has a size here. */
import { vi } from 'vitest';

vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  },
);
// Nor does anything scroll.
Element.prototype.scrollIntoView = () => undefined;
