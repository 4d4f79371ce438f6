// Keeps the run-sheet that was opened, with its style and fonts, for a hall without a network.
// The network comes first: a run-sheet that was withdrawn is forgotten as soon as it is asked for.
const SHELF = "run-sheet";

async function answer(request) {
  const shelf = await caches.open(SHELF);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await shelf.put(request, fresh.clone());
    else if (fresh.status === 404 || fresh.status === 410) await shelf.delete(request);
    return fresh;
  } catch (error) {
    return (await shelf.match(request, { ignoreVary: true })) || Response.error();
  }
}

addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});
