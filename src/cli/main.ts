#!/usr/bin/env node
import { Command } from 'commander';
import { apiCommand } from './api.js';
import { createKeyCommand } from './access/create-key.js';
import { createUserCommand } from './access/create-user.js';
import { doctorCommand } from './doctor.js';
import { exitCodeHelp, exitCodes } from './exit-codes.js';
import { importCommand } from './import/import.js';
import { migrateCommand } from './migrate.js';
import { setPasswordCommand } from './access/set-password.js';
import { simulateCommand } from './simulate.js';
import { startCommand } from './start.js';
import { packageVersion } from '../version.js';
import { workerCommand } from './worker.js';

// A reader that went away (a closed pipe) must not bring down a process that others rely on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const commands = [
  startCommand,
  apiCommand,
  workerCommand,
  migrateCommand,
  createKeyCommand,
  createUserCommand,
  setPasswordCommand,
  importCommand,
  doctorCommand,
  simulateCommand,
];

const program = new Command('lowwater')
  .description("Monitors the balances of a telecom operator's clients and notifies before they run out.")
  .version(packageVersion())
  .addHelpText('after', exitCodeHelp)
  .showHelpAfterError('(see --help)');

for (const make of commands) program.addCommand(make());
for (const command of [program, ...program.commands]) {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage));
}

void program.parseAsync();
