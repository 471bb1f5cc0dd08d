const words = (phrase) => phrase.toLowerCase().split(/\s+/).filter(Boolean);
const told = (route, tag) =>
  [tag, route.get('method'), route.get('path'), route.getIn(['operation', 'summary'])]
    .join(' ')
    .toLowerCase();
/** The filter compares every word with the path, the summary and the group of a route, and opens the groups with a match. */
const filter = () => ({
  fn: {
    opsFilter: (groups, phrase) =>
      groups
        .map((group, tag) =>
          group.update('operations', (routes) =>
            routes.filter((route) => words(phrase).every((word) => told(route, tag).includes(word))),
          ),
        )
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
document.getElementById('to-top').addEventListener('click', () => scrollTo({ top: 0 }));
document.getElementById('to-routes').addEventListener('click', () => {
  input().scrollIntoView();
  input().focus({ preventScroll: true });
});
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
  onComplete: () => {
    input().placeholder = 'Find a route: referral, POST, decision …';
  },
});
