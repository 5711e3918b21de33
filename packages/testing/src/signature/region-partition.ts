const PARTITIONS: readonly (readonly [prefix: string, partition: string, defaultRegion: string])[] = [
  ['cn-', 'aws-cn', 'cn-north-1'],
  ['us-gov-', 'aws-us-gov', 'us-gov-west-1'],
  ['us-isob-', 'aws-iso-b', 'us-isob-east-1'],
  ['us-isof-', 'aws-iso-f', 'us-isof-south-1'],
  ['us-iso-', 'aws-iso', 'us-iso-east-1'],
  ['eu-isoe-', 'aws-iso-e', 'eu-isoe-west-1'],
  ['eusc-', 'aws-eusc', 'eusc-de-east-1'],
];

/** The partition of a region; `aws` for every region that no other partition claims. */
export const regionPartition = (region: string): string =>
  PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';

/** A region of a partition, for a principal of whom no other is known. */
export const defaultRegion = (partition: string): string =>
  PARTITIONS.find(([, name]) => name === partition)?.[2] ?? 'us-east-1';
