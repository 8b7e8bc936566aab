// The browser's part of a passkey: asks the service what shall be made or used, has the
// browser do it, and takes what came of it back to the application. It keeps nothing.
"use strict";

(() => {
  const part = (id) => document.getElementById(id);
  const say = (id, text) => {
    part(id).textContent = text;
  };

  const TITLES = { enrolment: "Add a passkey", sign_in: "Sign in with your passkey", proof: "Show that it is you" };
  const TEXTS = {
    enrolment: "Your browser will ask which device shall hold the passkey, and make sure that it is you.",
    sign_in: "Your browser will ask for your passkey, and make sure that it is you.",
    proof: "Your browser will ask for your passkey, and make sure that it is you.",
  };

  /** Bytes of base64url, as the service writes them. */
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };

  /** Bytes as base64url, without padding. */
  const text = (buffer) => {
    let plain = "";
    for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte);
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };

  const known = (list) => list && list.map((one) => ({ ...one, id: bytes(one.id) }));

  /** What is asked for, as the browser takes it. */
  const asBrowserTakes = (options) => {
    const asked = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
    if (asked.excludeCredentials) asked.excludeCredentials = known(asked.excludeCredentials);
    if (asked.allowCredentials) asked.allowCredentials = known(asked.allowCredentials);
    return { publicKey: asked };
  };

  /** What the browser gave, as the service takes it. */
  const asServiceTakes = ({ id, rawId, type, response }) => {
    const said = { clientDataJSON: text(response.clientDataJSON) };
    if (response.attestationObject) {
      said.attestationObject = text(response.attestationObject);
      if (response.getTransports) said.transports = response.getTransports();
    } else {
      said.authenticatorData = text(response.authenticatorData);
      said.signature = text(response.signature);
      said.userHandle = response.userHandle ? text(response.userHandle) : null;
    }
    return { id, rawId: text(rawId), type, response: said, extensions: {} };
  };

  const ask = async (what, body) => {
    const answer = await fetch(`passkey/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(`${said.title} ${said.hint}`);
    return said;
  };

  /** Why the browser gave nothing; nothing was sent, so that it can be tried again. */
  const whyNot = (error) => {
    if (error.name === "InvalidStateError") return "This device holds a passkey of your account already.";
    if (error.name === "NotAllowedError") return "Nothing was used. It was stopped, took too long, or this device has no passkey for it.";
    return "Your browser could not do it.";
  };

  const end = (problem) => {
    say("text", "");
    say("problem", problem);
    part("go").hidden = true;
  };

  const begin = async (ticket) => {
    if (!ticket) return end("This page needs the whole address. Begin again in the application.");
    if (!window.PublicKeyCredential || !navigator.credentials) return end("This browser has no passkeys. Use another browser, or a code.");
    let asked;
    try {
      asked = await ask("look", { ticket });
    } catch (error) {
      return end(error.message);
    }
    say("title", TITLES[asked.purpose]);
    document.title = `${TITLES[asked.purpose]} – Common Platform`;
    say("text", TEXTS[asked.purpose]);
    say("account", asked.email);
    say("device", asked.device || "Unknown");
    say("from", asked.from);
    part("facts").hidden = false;
    part("warning").hidden = false;
    const go = part("go");
    go.hidden = false;
    go.focus();
    go.addEventListener("click", async () => {
      go.disabled = true;
      say("problem", "");
      let given;
      try {
        given = await navigator.credentials[asked.call](asBrowserTakes(asked.options));
      } catch (error) {
        say("problem", whyNot(error));
        go.disabled = false;
        go.focus();
        return;
      }
      try {
        const { redirect } = await ask("answer", { ticket, credential: asServiceTakes(given) });
        window.location.replace(redirect);
      } catch (error) {
        end(error.message);
      }
    });
  };

  const ticket = window.location.hash.slice(1);
  // Neither the history nor whoever looks at the address bar keeps it.
  window.history.replaceState(null, "", window.location.pathname);
  void begin(ticket);
})();
