// Package app is the only place that knows all parts: it joins the two halves to the store, the work loop,
// the clients and the pages, starts them in order and stops them in reverse.
//
// It exists so that no part has to know another. It must not hold rules of its own: what is decided is decided
// in bridge, texting and the pure packages.
package app
