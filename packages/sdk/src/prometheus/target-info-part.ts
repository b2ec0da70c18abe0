import type { CollectionResult } from '@opentelemetry/sdk-metrics';
import type { FamilyPart } from './family-part.ts';
import { FamilyText } from './family-text.ts';
import { labelText } from './label-text.ts';
import type { PageWriter } from './page-writer.ts';

type Resource = CollectionResult['resourceMetrics']['resource'];

const text = new FamilyText({ name: 'target_info', type: 'info', help: 'Attributes of the resource that is measured.', unit: undefined });

/** The attributes of the provider's resource, as the labels of `target_info`. Absent until all of them are known. */
export class TargetInfoPart implements FamilyPart {
  readonly text = text;
  readonly mayRepeat = false;
  readonly #labels: string;

  constructor(resource: Resource) {
    this.#labels = resource.asyncAttributesPending ? '' : labelText(resource.attributes);
    if (resource.asyncAttributesPending) void resource.waitForAsyncAttributes?.();
  }

  get length(): number {
    return this.#labels === '' ? 0 : 1;
  }

  write(_index: number, writer: PageWriter): void {
    writer.sample(text.value, Buffer.from(this.#labels), 1);
  }
}
