/** The reference page: Swagger UI in a frame of ours, for phones too. The Content-Security-Policy allows no inline script. */
export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Yo'llanma API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>
<noscript>This page needs JavaScript. The document is at <a href="/openapi.json">/openapi.json</a>.</noscript>
<nav><button id="to-top" type="button">Introduction</button> <button id="to-routes" type="button">Find a route</button></nav>
<div id="page"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/page.js"></script>
</body>
</html>
`;

export const style = `
body { margin: 0; }
nav { position: sticky; top: 0; z-index: 2; display: flex; gap: .5rem; padding: .5rem 1rem; background: #1b3a2f; }
nav button { padding: .5rem .75rem; border: 0; border-radius: 4px; font: 600 15px sans-serif; background: #fff; color: #1b3a2f; cursor: pointer; }
.swagger-ui .info { margin: 1.5rem 0; }
.swagger-ui .info h2 { font-size: 22px; }
.swagger-ui .info li, .swagger-ui .info p { font-size: 15px; line-height: 1.5; }
.swagger-ui .info pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 1rem; }
.swagger-ui .info pre code { display: block; max-width: 60rem; }
.swagger-ui .scheme-container { padding: 15px 0; margin-bottom: 10px; }
.swagger-ui .filter { position: static; }
.swagger-ui .filter .operation-filter-input { width: 100%; max-width: 40rem; box-sizing: border-box; font-size: 16px; scroll-margin-top: 5rem; }
@media (max-width: 640px) {
  .swagger-ui .wrapper { padding: 0 12px; }
  .swagger-ui .opblock-tag { flex-wrap: wrap; font-size: 20px; }
  .swagger-ui .opblock-tag small { flex-basis: 100%; padding: 0; }
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; padding: 4px 0 0; }
  .swagger-ui .opblock .opblock-summary-method { min-width: 60px; font-size: 12px; padding: 6px 0; }
  .swagger-ui .parameters, .swagger-ui .parameters tbody, .swagger-ui .parameters tr, .swagger-ui .parameters td { display: block; width: 100%; box-sizing: border-box; }
  .swagger-ui .parameters thead { display: none; }
  .swagger-ui table tbody tr td.parameters-col_name { padding: 10px 0 0; min-width: 0; }
  .swagger-ui table tbody tr td.parameters-col_description { padding: 0 0 10px; }
  .swagger-ui .responses-table, .swagger-ui .responses-table tbody, .swagger-ui .responses-table tr, .swagger-ui .responses-table td { display: block; width: 100%; box-sizing: border-box; }
  .swagger-ui .responses-table thead { display: none; }
  .swagger-ui .responses-table .response-col_links { display: none; }
  .swagger-ui table tbody tr td.response-col_status { padding: 12px 0 0; font-weight: 700; }
  .swagger-ui .opblock-body pre.microlight { overflow-x: auto; }
}
`;

/** The filter compares every word with the path, the summary and the group of a route, and opens the groups with a match. */
export const script = `
const words = (phrase) => phrase.toLowerCase().split(/\\s+/).filter(Boolean);
const told = (route, tag) =>
  [tag, route.get('method'), route.get('path'), route.getIn(['operation', 'summary'])].join(' ').toLowerCase();
const filter = () => ({
  fn: {
    opsFilter: (groups, phrase) =>
      groups
        .map((group, tag) =>
          group.update('operations', (routes) =>
            routes.filter((route) => words(phrase).every((word) => told(route, tag).includes(word)))))
        .filter((group) => group.get('operations').size > 0),
  },
  statePlugins: {
    layout: {
      wrapActions: {
        updateFilter: (original, system) => (phrase) => {
          const result = original(phrase);
          for (const tag of system.specSelectors.taggedOperations().keySeq().toArray())
            if (system.layoutSelectors.isShown(['operations-tag', tag], false) !== (phrase !== ''))
              system.layoutActions.show(['operations-tag', tag], phrase !== '');
          return result;
        },
      },
    },
  },
});
const input = () => document.querySelector('.operation-filter-input');
document.getElementById('to-top').onclick = () => scrollTo({ top: 0 });
document.getElementById('to-routes').onclick = () => {
  input().scrollIntoView();
  input().focus({ preventScroll: true });
};
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  validatorUrl: null,
  defaultModelsExpandDepth: -1,
  defaultModelRendering: 'example',
  plugins: [filter],
  onComplete: () => { input().placeholder = 'Find a route: referral, POST, decision …'; },
});
`;
