export { call, onUnauthenticated, signedInAgain } from './call';
export { Fault, explain, explainField, toFault, type FaultCode, type FieldFault } from './fault';
export { on, type Events } from './events';
export { copy } from './clipboard';
export { base64 } from './bytes';
export { askNumbersWith, openLink, setNumber } from './link';
export { PHOTOS, pickPicture, type PictureFile } from './pick';
export type { Mapping, Outline, Question, Rejected } from './table';
