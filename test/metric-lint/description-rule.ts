export function descriptionIsSentence({ description }: { readonly description: string }): string | undefined {
  return /^[A-Z0-9`].*[^.\s]\.$/.test(description) ? undefined : 'the description does not begin with a capital and end with a full stop';
}
