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

	kept    bool // it is what the open transaction found or made
	known   bool // the version of the file that ends there
	version uint32
}

// at gives what is known of orders where the journal ends.
func (w *warm) at(last end) map[domain.OrderID]*life {
	if w.lives == nil || w.end != last || len(w.lives) > maxWarm {
		w.keep(last, map[domain.OrderID]*life{})
	}
	w.kept = true
	return w.lives
}

// keep remembers lives for the Update after this one, which is right once the entry at the end is stored.
func (w *warm) keep(last end, lives map[domain.OrderID]*life) {
	*w = warm{end: last, lives: lives, kept: true}
}

// drop forgets everything: what is kept is about to change.
func (w *warm) drop() { *w = warm{} }

// ended takes down the version of the file that the transaction made. Of one that kept nothing it is not known whether somebody
// else had written before it.
func (w *warm) ended(s *session, committed bool) {
	if committed {
		version, err := s.version()
		w.known, w.version = w.kept && err == nil, version
	}
	w.kept = false
}

// isLast tells, at the beginning of a transaction, that nobody has written to the file since what is kept was. That takes a
// tenth of the time that the journal's end takes to read.
func (w *warm) isLast(s *session) bool {
	if !w.known {
		return false
	}
	version, err := s.version()
	return err == nil && version == w.version
}
