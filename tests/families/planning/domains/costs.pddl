; costs as numbers and as functions
(define (domain costs) (:requirements :typing :action-costs) (:types city)
  (:predicates (at ?c - city) (road ?a ?b - city) (tired))
  (:functions (total-cost) - number (km ?a ?b - city) - number)
  (:action drive :parameters (?a ?b - city) :precondition (and (at ?a) (road ?a ?b))
    :effect (and (at ?b) (not (at ?a)) (tired) (increase (total-cost) (km ?a ?b))))
  (:action sleep :parameters () :precondition (tired)
    :effect (and (not (tired)) (increase (total-cost) 2))))

(define (problem costs-1) (:domain costs)
  (:objects a b c - city) (:init (at a) (road a b) (road b c) (road c a) (road b a)
    (= (total-cost) 0) (= (km a b) 3) (= (km b c) 4) (= (km c a) 1) (= (km b a) 3))
  (:goal (and)))
