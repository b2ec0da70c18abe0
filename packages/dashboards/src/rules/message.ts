import { prometheusLabel } from '@modelmeter/core';

/** How a template of Prometheus or Grafana names the value that fired. */
export interface TemplateValue {
  /** The value in a template's pipeline. */
  readonly value: string;
}

/** A text with labels and the value of what fired in it; made by {@link message}. */
export interface Message<L extends string = string> {
  render(template: TemplateValue): string;
  /** Labels that it speaks of without asking whether they are there. */
  readonly needs: readonly string[];
  /** Carries the type; never set. */
  readonly labels?: L;
}

interface Part<L extends string> {
  render(template: TemplateValue): string;
  readonly labels?: L;
}

/** The value that fired. */
export const value = {
  /** As hours, minutes and seconds. */
  duration: part(({ value }) => `{{ ${value} | humanizeDuration }}`),
  /** A ratio in percent. */
  percent: part(({ value }) => `{{ ${value} | humanizePercentage }}`),
  whole: part(({ value }) => `{{ printf "%.0f" ${value} }}`),
  rounded: part(({ value }) => `{{ printf "%.1f" ${value} }}`),
};

/** The value of a label after some words, both left out where a series does not have it. */
export function ifAny<const L extends string>(words: string, label: L): Part<L> {
  return part(() => `{{ with $labels.${prometheusLabel(label)} }}${words}{{ . }}{{ end }}`);
}

/** A text about a series, with its labels by the dotted names of their attributes: message`Model ${'ml.model.name'} took ${value.duration}.` */
export function message<const L extends string = never>(
  texts: TemplateStringsArray,
  ...parts: readonly (L | number | Part<L>)[]
): Message<L> {
  const needed = parts.filter((one) => typeof one === 'string');
  const rendered = (one: L | number | Part<L> | undefined, template: TemplateValue) => {
    if (one === undefined || typeof one === 'number') return one ?? '';
    return typeof one === 'string' ? `{{ $labels.${prometheusLabel(one)} }}` : one.render(template);
  };
  return {
    render: (template) => texts.map((text, i) => text + rendered(parts[i], template)).join(''),
    needs: needed.map(prometheusLabel),
  };
}

function part<L extends string = never>(render: Part<L>['render']): Part<L> {
  return { render };
}
