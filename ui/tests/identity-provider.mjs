/**
 * A real OpenID provider for one test of the server: oidc-provider, which knows nothing
 * of us. Whoever signs in there as an address is that address; what it claims of people
 * is set by the arguments: port, client id, then the addresses that it calls verified,
 * each as `subject=address`. `/clock?behind=SECONDS` sets its clock back from then on, so
 * that somebody can have signed in there long ago.
 */
import Provider from "oidc-provider";

const [port, clientId, ...people] = process.argv.slice(2);
const known = new Map(people.map((one) => one.split("=")));

const clock = Date.now;
let behind = 0;
Date.now = () => clock() - behind * 1000;

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: clientId,
      application_type: "native",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code"],
      response_types: ["code"],
      redirect_uris: ["http://127.0.0.1/signed-in"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: known.get(id) ?? `${id}@elsewhere.example.test`, email_verified: known.has(id) }),
  }),
});

provider.use(async (context, next) => {
  if (context.path !== "/clock") return next();
  behind = Number(context.query.behind);
  context.body = "";
  context.status = 204;
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
