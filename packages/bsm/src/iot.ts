/** @module bsm/iot */
export {
  fromIotCertificate,
  type IotCredentials,
  type IotOptions,
  type IotSession,
  iotSession,
} from '@bsm/iot';
