package sqlite

import "till/domain"

// maxWarm is how many orders are kept from one Update to the next.
const maxWarm = 256

// warm is what the last Updates read and wrote of orders, as the next step of one mostly comes soon. It is true
// for one end of the journal: when anybody else has written since, that is another, and everything is read
// anew. The holder of the turn owns it.
type warm struct {
	end   end
	lives map[domain.OrderID]*life
}

// at gives what is known of orders where the journal ends.
func (w *warm) at(last end) map[domain.OrderID]*life {
	if w.lives == nil || w.end != last || len(w.lives) > maxWarm {
		w.keep(last, map[domain.OrderID]*life{})
	}
	return w.lives
}

// keep remembers lives for the Update after this one, which is right once the entry at the end is stored.
func (w *warm) keep(last end, lives map[domain.OrderID]*life) { w.end, w.lives = last, lives }

// drop forgets everything: what is kept is about to change.
func (w *warm) drop() { w.keep(end{}, nil) }
