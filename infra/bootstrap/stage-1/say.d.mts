export function say(text: string): void;
export class Refusal extends Error {}
export function step<T>(label: string, work: () => Promise<T>): Promise<T>;
