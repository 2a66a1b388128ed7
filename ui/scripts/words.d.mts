type Message = string | Record<string, string>;
type Catalogue = Record<string, Message>;
export function faults(catalogues: Record<string, Catalogue>): string[];
export function catalogues(): Promise<Record<'uk' | 'en' | 'ru', Catalogue>>;
export function unused(catalogue: Catalogue): Promise<string[]>;
