// A mail server that somebody else wrote (npm smtp-server), which keeps what it is given.
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export const ACCOUNT = { username: 'bailiwick', password: 'a "password" of some length' };

export class Sink {
  /** What it has taken, read by npm mailparser. */
  readonly mails: ParsedMail[] = [];
  /** The envelopes: to whom mail really goes. */
  readonly recipients: string[] = [];
  /** Who has logged in. */
  readonly accounts: string[] = [];
  /** Answers 550 to every recipient. */
  refuses = false;
  private server: SMTPServer | undefined;

  constructor(readonly port: number) {}

  async start(): Promise<void> {
    const server = new SMTPServer({
      hideSTARTTLS: true,
      authOptional: true,
      allowInsecureAuth: true,
      onAuth: ({ username, password }: any, _session: any, done: any) => {
        const known = username === ACCOUNT.username && password === ACCOUNT.password;
        this.accounts.push(username);
        done(known ? null : new Error('who are you?'), { user: username });
      },
      onRcptTo: ({ address }: any, _session: any, done: any) => {
        if (this.refuses) {
          done(Object.assign(new Error('no such mailbox here'), { responseCode: 550 }));
          return;
        }
        this.recipients.push(address);
        done();
      },
      onData: (stream: any, _session: any, done: any) => {
        simpleParser(stream).then((mail: ParsedMail) => {
          this.mails.push(mail);
          done();
        }, done);
      },
    });
    await new Promise<void>((ready) => server.listen(this.port, '127.0.0.1', ready));
    this.server = server;
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (server) {
      await new Promise<void>((done) => server.close(done));
    }
  }
}
