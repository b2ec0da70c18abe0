import type { ExpositionFormat } from './exposition-format.ts';
import type { FamilyText } from './family-text.ts';
import type { PageWriter } from './page-writer.ts';

/** A metric of one source. Those of one name and type make up a family of the page. */
export interface FamilyPart {
  readonly text: FamilyText;
  /** Series to write. */
  readonly length: number;
  /** Whether two of the series may have the same labels. */
  readonly mayRepeat: boolean;
  /**
   * Writes the lines of one series.
   * @param seen the labels that the family has on the page already, where they may repeat: only the first series of a kind is written.
   */
  write(index: number, writer: PageWriter, format: ExpositionFormat, seen: Set<string> | undefined): void;
}
