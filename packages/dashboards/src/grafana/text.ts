import type { Panel } from './panel.ts';

/** Markdown. */
export function text({
  title,
  width = 24,
  height = 3,
  content,
}: {
  title: string;
  width?: number;
  height?: number;
  content: string;
}): Panel {
  return {
    title,
    width,
    height,
    build: () => ({ type: 'text', title, transparent: true, options: { mode: 'markdown', content } }),
  };
}
