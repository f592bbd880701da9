//! Where a sign-in must not lead: a stored way back is no way out (RFC 9700 §4.11.1).

use super::{ORGANIZATIONS, return_to};

const PAYLOADS: [&str; 80] = [
    // Another host, as a browser reads it.
    "//evil.example",
    "//evil.example/",
    "///evil.example",
    "////evil.example/",
    "//evil.example/orgs",
    "//evil.example\\@localhost/",
    "/\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\\\evil.example",
    "\\evil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:\\\\evil.example",
    "http://evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:///evil.example",
    "HTTPS://evil.example",
    "hTTps:\\\\evil.example",
    "ftp://evil.example",
    "ws://evil.example",
    "evil.example",
    "www.evil.example/orgs",
    // Signs that a browser drops from a URL.
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    "\n//evil.example",
    " //evil.example",
    "\u{0}//evil.example",
    "\u{1f}//evil.example",
    "/\u{0}/evil.example",
    "h\tttps://evil.example",
    "/?a\nb",
    "/?a\tb",
    "/?a\r\nSet-Cookie: x=1",
    // The same, written with escapes.
    "/%2fevil.example",
    "/%2Fevil.example/",
    "/%5cevil.example",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "%2f%2fevil.example",
    "/%00/evil.example",
    "/%252fevil.example",
    // Users, ports and this very host.
    "@evil.example",
    "/@evil.example",
    "//localhost:8080@evil.example/",
    "//evil.example:8080/",
    "//user:word@evil.example",
    "http://localhost:8080@evil.example/",
    "http://localhost:8081/",
    "http://localhost/",
    "//localhost:8081/",
    ":8081/",
    // Signs that look like others.
    "\u{29f8}\u{29f8}evil.example",
    "\u{ff0f}\u{ff0f}evil.example",
    "/\u{2044}evil.example",
    "/\u{2215}/evil.example",
    "//evil\u{3002}example",
    "/\u{feff}/evil.example",
    "/\u{200b}/evil.example",
    // Scripts and documents.
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "javascript://localhost/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "blob:http://localhost/x",
    "file:///etc/passwd",
    // Pages of ours that are no place to come back to.
    "/login",
    "/auth/callback?code=1&state=2",
    "/oauth/authorize?client_id=console",
    "/orgs/../login",
    "/invite#bwi_secret",
    "/./",
];

#[test]
fn a_way_back_never_leads_out() {
    for wanted in PAYLOADS {
        assert_eq!(return_to(wanted), ORGANIZATIONS, "{wanted:?}");
    }
}
