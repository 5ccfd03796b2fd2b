"""The same world driven by hypothesis, which looks for the shortest story that breaks a promise."""

from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.simulation import acts, faults, network
from tests.simulation.drain import account, drain
from tests.simulation.peer import FaultyPeer, SteadyPeer
from tests.simulation.runs import memory_world
from tests.simulation.scribe import KINDS
from tests.simulation.world import NODES

which = st.integers(0, 5)
phones = st.integers(0, 2)
nodes = st.sampled_from(NODES)
stores = st.sampled_from((*NODES, "centre"))


class Journey(RuleBasedStateMachine):
    """One phone at each kind of home, and all that may happen, in any order."""

    def __init__(self):
        super().__init__()
        self.world = memory_world(("alice", "sara", "charlie"))

    @rule(phone=phones, kind=st.sampled_from(KINDS))
    def write(self, phone, kind):
        acts.write(self.world, phone, kind)

    @rule(phone=phones, tab=st.integers(0, 1), most=st.sampled_from((1, 2, 2_000)))
    def send(self, phone, tab, most):
        acts.send(self.world, phone, tab, most)

    @rule(phone=phones)
    def ask(self, phone):
        acts.ask(self.world, phone)

    @rule(phone=phones)
    def contact(self, phone):
        assert acts.contact(self.world, phone)

    @precondition(lambda self: self.world.wire.requests)
    @rule(index=which, cut=st.sampled_from((1.0, 0.9, 0.5)))
    def deliver(self, index, cut):
        network.deliver(self.world, index, cut=cut)

    @precondition(lambda self: self.world.wire.replies)
    @rule(index=which)
    def answer(self, index):
        network.answer(self.world, index)

    @precondition(lambda self: self.world.wire.old)
    @rule(index=which)
    def replay(self, index):
        network.replay(self.world, index)

    @rule(node=nodes)
    def night(self, node):
        acts.nightly(self.world, node, SteadyPeer(self.world, node))

    @rule(node=nodes, seed=st.integers(0, 9))
    def bad_night(self, node, seed):
        acts.nightly(self.world, node, FaultyPeer(self.world, node, Random(seed), 0.4))

    @rule(hours=st.sampled_from((1, 30, 80)))
    def wait(self, hours):
        acts.wait(self.world, hours)

    @rule(store=stores)
    def desk(self, store):
        acts.desk(self.world, store)

    @rule(store=stores)
    def copy_store(self, store):
        faults.copy_store(self.world, store)

    @rule(store=stores, index=which)
    def restore_store(self, store, index):
        faults.restore_store(self.world, store, index, told=True)

    @rule(phone=phones)
    def copy_phone(self, phone):
        faults.copy_phone(self.world, phone)

    @rule(phone=phones, index=which)
    def restore_phone(self, phone, index):
        faults.restore_phone(self.world, phone, index)

    @rule(phone=phones)
    def evict(self, phone):
        faults.evict(self.world, phone)

    @rule(phone=phones)
    def clone(self, phone):
        faults.clone(self.world, phone)

    @rule(store=stores)
    def crash(self, store):
        faults.crash(self.world, store, 0)

    @rule(phone=phones, hours=st.sampled_from((-400_000, -2, 9_000)))
    def skew(self, phone, hours):
        faults.skew(self.world, phone, hours)

    def teardown(self):
        drain(self.world)
        account(self.world, Random(0))


TestJourney = Journey.TestCase
TestJourney.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
