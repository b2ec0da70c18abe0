import { writeGeneratedFiles } from './generated-files.ts';

const root = new URL('..', import.meta.url);
const written = await writeGeneratedFiles(root);
console.log(written.length > 0 ? `wrote ${written.join(', ')}` : 'all generated files are up to date');
