/** @module @bsm/snapshot */
export { defaultSnapshotPath } from './default-snapshot-path.js';
export { type FromSnapshotOptions, fromSnapshot } from './from-snapshot.js';
export { type FromSnapshotFileOptions, fromSnapshotFile } from './from-snapshot-file.js';
export type { Snapshot } from './snapshot.js';
export type { WriteSnapshotFileOptions } from './snapshot-content.js';
export { type ToSnapshotOptions, toSnapshot } from './to-snapshot.js';
export { type SnapshotScope, type WithSnapshotFileOptions, withSnapshotFile } from './with-snapshot-file.js';
export { type SnapshotFile, writeSnapshotFile } from './write-snapshot-file.js';
