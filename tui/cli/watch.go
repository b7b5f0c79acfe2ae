package cli

import (
	"fmt"
	"sync"
	"time"
)

// watchEvery is how often long work says how far it is; it says nothing before that much has passed.
const watchEvery = 250 * time.Millisecond

// watch says on a terminal, on one line of stderr, how far long work is; elsewhere nothing. What it gives ends that and
// takes the line away. how is asked from another goroutine.
func (a *app) watch(how func() string) (over func()) {
	if !a.Watched || a.json {
		return func() {}
	}
	done, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		each := time.NewTicker(watchEvery)
		defer each.Stop()
		for said := false; ; said = true {
			select {
			case <-done:
				if said {
					_, _ = fmt.Fprint(a.Err, "\r\x1b[K")
				}
				return
			case <-each.C:
				_, _ = fmt.Fprintf(a.Err, "\r\x1b[K%s … ctrl+c stops", safe(how()))
			}
		}
	}()
	return sync.OnceFunc(func() {
		close(done)
		<-gone
	})
}
