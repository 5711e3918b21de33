import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// An AWS that answers at once and checks nothing, in a process of its own, so that its work is nobody's. It prints its port and
// ends with its standard input. `/count` tells the AssumeRole calls.
let assumed = 0;

function credentials(accountId: string): string {
  const ends = new Date(Date.now() + 3_600_000).toISOString();
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:bench</AssumedRoleId>
    <Arn>arn:aws:sts::${accountId}:assumed-role/bench/bench</Arn></AssumedRoleUser>
    <Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY</SecretAccessKey>
    <SessionToken>token</SessionToken><Expiration>${ends}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
}

function answer(url: string | undefined, body: string): string {
  if (url === '/count') return String(assumed);
  if (body.includes('Action=DescribeVpcs'))
    return '<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><vpcSet/></DescribeVpcsResponse>';
  const roleArn = new URLSearchParams(body).get('RoleArn');
  if (roleArn === null)
    return '<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets/></ListAllMyBucketsResult>';
  assumed++;
  return credentials(roleArn.split(':')[4] ?? '');
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => response.setHeader('content-type', 'text/xml').end(answer(request.url, body)));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on('end', () => {
  server.close();
  server.closeAllConnections();
});
