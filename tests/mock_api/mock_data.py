"""The collections of the mock API. An item is the JSON text that is sent, so
that its numbers have the digits written here; the same seed gives the same
items, and whoever tests makes the collections once more to compare."""
import json
import random

STATES = ("paid", "sent", "delivered")

# Numbers that a double, or a hand that is too helpful, would change.
NUMBERS = ('{"id":9007199254740993,"most":9223372036854775807,'
           '"least":-9223372036854775808,"beyond":18446744073709551616,'
           '"price":1.10,"zero":0.0,"negative":-0,"huge":1e400,'
           '"tiny":1E-400,"pi":3.14159265358979323846264338327950288}')


class Big:
    """A million items that nobody keeps."""

    def __len__(self):
        return 1000000

    def __getitem__(self, wanted):
        return ['{"id":%d,"name":"item %d","value":%d.%02d}'
                % (i, i, i * 7 % 1000, i % 100)
                for i in range(wanted.start + 1,
                               min(wanted.stop, len(self)) + 1)]


class Data:
    def __init__(self, seed=1):
        dice = random.Random(seed)
        self.users = ['{"id":%d,"name":"User %d \u2014 \u00e9","email":'
                      '"user%d@example.com"}' % (i, i, i)
                      for i in range(1, 11)]
        self.posts = ['{"id":%d,"userId":%d,"title":"Post %d"}'
                      % (i, dice.randint(1, 10), i) for i in range(1, 101)]
        # Some posts have none.
        of_post = sorted(dice.choices(range(1, 101), k=500))
        self.comments = ['{"id":%d,"postId":%d,"body":"said %d"}'
                         % (i + 1, post, dice.randint(1, 99))
                         for i, post in enumerate(of_post)]
        self.orders = ['{"id":%d,"userId":%d,"total":%d.%02d,"state":"%s"}'
                       % (i, dice.randint(1, 10), dice.randint(5, 400),
                          dice.randrange(0, 100, 10), dice.choice(STATES))
                       for i in range(1, 1004)]
        self.big = Big()
        self.of_post = {}
        for post, text in zip(of_post, self.comments):
            self.of_post.setdefault(post, []).append(text)
        self.of_user = {}
        for text in self.orders:
            user = json.loads(text)["userId"]
            self.of_user.setdefault(user, []).append(text)

    def collection(self, name):
        """Returns the collection, or None if there is no collection of that
        name."""
        return getattr(self, name, None) if name in NAMES else None

    def children(self, name, number, child):
        """posts/N/comments and users/N/orders."""
        if (name, child) == ("posts", "comments"):
            return self.of_post.get(number, [])
        if (name, child) == ("users", "orders"):
            return self.of_user.get(number, [])
        return None


NAMES = ("users", "posts", "comments", "orders", "big")


def array(texts):
    return "[%s]" % ",".join(texts)
