import { lib } from '../../tsup.base.js';

// The bundler of declarations drops the one in `redaction-stream.ts`.
const banner = 'declare global {\n  interface TransformStream<I = any, O = any> {}\n}';

export default Object.assign({}, lib(), { dts: { banner } });
