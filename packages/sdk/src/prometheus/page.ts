import { END, type ExpositionFormat } from './exposition-format.ts';
import type { PageFamilies, Parts } from './page-families.ts';
import { PageWriter } from './page-writer.ts';

/** The values of one moment, to be written as often as needed. */
export class Page {
  readonly #families: PageFamilies;

  constructor(families: PageFamilies) {
    this.#families = families;
  }

  /** The page as bytes, each piece made when it is asked for; at least one. Pieces that are given back to the writer save making new ones. */
  *pieces(format: ExpositionFormat, writer = new PageWriter()): Generator<Buffer, void> {
    for (const parts of this.#families) {
      writer.text(headerOf(parts, format, this.#families));
      const seen = parts.length > 1 || parts.some((part) => part.mayRepeat) ? new Set<string>() : undefined;
      for (const part of parts) {
        for (let i = 0; i < part.length; i++) {
          part.write(i, writer, format, seen);
          if (writer.hasFullPieces) yield* writer.takeFullPieces();
        }
      }
    }
    writer.text(END[format]);
    yield* writer.takeFullPieces();
    yield writer.takeRest();
  }
}

function headerOf(parts: Parts, format: ExpositionFormat, families: PageFamilies): string {
  const { text } = parts.find(({ text }) => text.help !== '') ?? parts[0];
  return text.header(format, (name) => families.has(name));
}
