import { refuseConsoleOutput } from './refuse-console-output.js';
import { refuseLeaks } from './refuse-leaks.js';
import { refuseRemoteSockets } from './refuse-remote-sockets.js';
import { withoutAwsEnvironment } from './without-aws-environment.js';

// Runs in each test process before the test file is imported. Unhandled rejections are refused by vitest itself.
withoutAwsEnvironment();
refuseRemoteSockets();
refuseConsoleOutput();
refuseLeaks();
