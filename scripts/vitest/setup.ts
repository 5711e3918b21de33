import { refuseConsoleOutput } from './refuse-console-output.ts';
import { refuseLeaks } from './refuse-leaks.ts';
import { refuseRemoteSockets } from './refuse-remote-sockets.ts';
import { withoutAwsEnvironment } from './without-aws-environment.ts';

// Runs in each test process before the test file is imported. Unhandled rejections are refused by vitest itself.
withoutAwsEnvironment();
refuseRemoteSockets();
refuseConsoleOutput();
refuseLeaks();
