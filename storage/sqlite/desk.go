package sqlite

import (
	"fmt"
	"sync"
)

// Each console that has a file open stands at a desk of its own, so that none writes over the sale on the screen of
// another. The lowest that is free is taken with the first look at the open sales, and is free again when the process
// ends, however it does: whoever stands there next finds what was on the screen.

// desks is how many there are; who comes after them stands at the last one, with whoever is there.
const desks = 99

// desk is where this process stands.
type desk struct {
	mu     sync.Mutex
	number int // from 1; 0: nowhere yet
	locks  deskLocks
}

// stand takes the lowest desk that is free, once.
func (c *desk) stand(path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.number > 0 {
		return
	}
	c.locks = openDesks(path)
	for c.number = 1; c.number < desks && !c.locks.take(c.number); c.number++ {
	}
}

func (c *desk) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.number > 0 {
		c.locks.close()
	}
}

// here is the number; 0 where nobody has stood there yet.
func (c *desk) here() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.number
}

// elsewhere tells whether another console stands at a desk.
func (c *desk) elsewhere(number int) bool {
	return number > 0 && number != c.here() && c.locks.taken(number)
}

// rowOf is the id under which the sale on the screen of a desk is kept. The first has that of the files in which
// there was one.
func rowOf(desk int) string {
	if desk <= 1 {
		return ""
	}
	return fmt.Sprintf("screen-%d", desk)
}

// screenOf is the desk on whose screen the sale of a row is; 0: on none.
func screenOf(row string) (desk int) {
	if row == "" {
		return 1
	}
	if _, err := fmt.Sscanf(row, "screen-%d", &desk); err != nil {
		return 0
	}
	return desk
}

// id is what the sale of a row is called here: "" for the one on this screen.
func (c *desk) id(row string) string {
	switch screenOf(row) {
	case 0:
		return row
	case max(1, c.here()):
		return ""
	case 1:
		return "screen-1"
	}
	return row
}

// row is where the sale that is called so here is kept.
func (c *desk) row(id string) string {
	switch {
	case id == "":
		return rowOf(c.here())
	case id == "screen-1":
		return ""
	}
	return id
}
