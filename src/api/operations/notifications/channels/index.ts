import type { Operation } from '../../../contract/operation.js';
import { createChannelOperation } from './create-channel.js';
import { deleteChannelOperation } from './delete-channel.js';
import { listChannelsOperation } from './list-channels.js';
import { readChannelOperation } from './read-channel.js';
import { testChannelOperation } from './test-channel.js';
import { updateChannelOperation } from './update-channel.js';

export const channelOperations: readonly Operation[] = [
  listChannelsOperation,
  createChannelOperation,
  readChannelOperation,
  updateChannelOperation,
  deleteChannelOperation,
  testChannelOperation,
];
