/** What a person can mend: printed as it is, in Chinese and English, without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
